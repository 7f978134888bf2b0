package dev.bowline.integration;

class NettyFramingContractIT extends FramingContract implements OnNetty {}
