package dev.bowline.integration;

class NettyLifeContractIT extends LifeContract implements OnNetty {}
