package dev.bowline.integration;

class NettyClientContractIT extends ClientContract implements OnNetty {}
