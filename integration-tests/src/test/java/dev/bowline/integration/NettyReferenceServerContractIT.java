package dev.bowline.integration;

class NettyReferenceServerContractIT extends ReferenceServerContract implements OnNetty {}
